"""Who answers a message, and what is asked next."""
