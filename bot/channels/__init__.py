"""The doors through which a conversation comes in, and how a reply looks there."""
