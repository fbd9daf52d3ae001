"""What a turn costs: our form, the stock sample's shape and a bare server, measured in one run."""
