"""入场登记: projects, lots, phases, the hold and the brake.

Owns the lot code, its phase and whether its clocks stand still.
Does not own any stage.
"""
