"""What can be applied for, what an application holds, and what may be done with it when."""
