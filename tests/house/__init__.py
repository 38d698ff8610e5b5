"""A package, so that what is opened once for this folder closes where the folder ends."""
