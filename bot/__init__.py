"""The onboarding assistant for Microsoft's Cloud Solution Provider program."""
