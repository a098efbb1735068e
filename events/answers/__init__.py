"""The anonymous form behind the code on the wall, and its like on paper."""
