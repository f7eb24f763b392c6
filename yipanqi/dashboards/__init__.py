"""What somebody sees first and finds fastest: today, what is due, one search for everything."""
