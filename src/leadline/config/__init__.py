"""The roof: settings, addresses, command line, and what is composed of several apps."""
