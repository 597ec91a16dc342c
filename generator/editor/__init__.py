"""What a family is asked -> an editor for the browser. What does a server hand out?"""
