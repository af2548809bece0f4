"""Saduak: a service-standard certification programme, from the letter to the certificate anybody can check."""

__version__ = "0.1.0"
