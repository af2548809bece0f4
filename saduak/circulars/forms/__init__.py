"""Forms of circulars. Rules live in commands and policy; here is only how things are asked."""
