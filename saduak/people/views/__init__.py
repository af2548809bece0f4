"""Pages of organisations, posts and files that bring many of them."""
