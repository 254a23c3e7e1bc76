"""What is counted, in which periods, and which numbers are hidden because they could point at somebody."""
