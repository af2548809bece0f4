#!/usr/bin/env python
"""Django's usual entry, for tools that look for it. People use the console command `saduak`."""

from saduak.config.console import main

if __name__ == "__main__":
    main()
