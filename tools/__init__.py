"""What builds, starts and checks the house; nothing here is imported by it."""
