"""What a plan does to those who follow it: exposure, self-enforcement, time and risk, play.

The modules here compute with plain numbers and know nothing of plan files; `inputs` turns a plan into those numbers
and says which of them it had to assume.
"""
