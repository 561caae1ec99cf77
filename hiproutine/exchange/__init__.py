"""Files for other programs, and files of theirs."""
