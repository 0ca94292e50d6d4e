"""What staff write down."""
