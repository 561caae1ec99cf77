"""What was done, in the words of other programs: files for them, and files of theirs."""
