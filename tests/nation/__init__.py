"""The recipe of a region with a nation of kommuner, on this machine: hosts are killed, and nothing may be lost."""
