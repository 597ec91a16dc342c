"""The few ways through the house, each readable in a few lines; `job` is where all begin."""
