"""What differs between two states of the data: pure comparison, nothing is read or printed."""
