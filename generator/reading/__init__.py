"""Reading floor: files to plain values with positions, form packages, the model."""
