"""The invented neighbourhood, its three months, and the tour through them."""
