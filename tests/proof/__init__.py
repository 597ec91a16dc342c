"""What is claimed of access -> evidence. Does nothing leak, open, run or call out? (issue 5, §8)"""
