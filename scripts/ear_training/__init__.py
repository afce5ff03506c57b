"""Making the ear's trained head: voices, rooms, fitting and measuring."""
