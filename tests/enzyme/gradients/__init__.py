"""Derivatives that the real Enzyme makes, compiled and compared with analytic ones and with finite differences."""
