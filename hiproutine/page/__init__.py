"""A session as a page: a player for the phone's browser, and the handout when it is printed. Pure, but for `server`."""
