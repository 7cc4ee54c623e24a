"""异议: asked and answered while the lot is on the floor.

Owns questions, answers and their clocks.
Does not own complaints: those go to the supervisor.
"""
