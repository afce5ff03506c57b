"""A button and a light on the device; everything works without them."""
