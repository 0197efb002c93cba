"""Steps from one version of the portal's profile to the next, each in a module named by where it leads."""
