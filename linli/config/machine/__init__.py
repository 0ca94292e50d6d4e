"""What the operator does at the machine: founding, standing, moving, joining, bundling, keeping alive."""
