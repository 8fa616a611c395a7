"""What customers may do on the platform, by name and limit: the catalogue of capabilities (PLN-2).

Plans, which give capabilities to customers, build on it. Who used how much is the platform's to count.
"""
