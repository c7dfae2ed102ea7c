// What gets better with JavaScript; every page works without.
