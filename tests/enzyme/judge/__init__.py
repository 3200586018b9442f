"""The judge of derivatives: random programs, differentiated by the product and held against two references.

A program (`syntax`) is made of the productions in `grammar` (`making`, `programs`), with a mode (`asking`, `modes`). It
is printed as MLIR (`printing`) and run on numbers that know their derivatives (`interpreter`, `jets`, `scalars`); what
the mode asks for is linear algebra on those derivatives (`reference`). The second reference are extrapolated
differences of the program as compiled, without Enzyme (`bases`). A number is wrong where both references agree with
each other and not with it; where they do not agree, near a kink, another point is taken.

Each case runs in a child process (`running`, `judging`), its arrays in guarded memory (`calling`), called twice, and
once more with indices checked. What is found is shrunk (`shrinking`, `editing`) and counted by feature (`features`,
`table`). `python -m tests.enzyme.judge --help` says how to run it.
"""
