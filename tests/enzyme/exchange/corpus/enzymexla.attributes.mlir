// Attributes of the dialect that every release spells alike.
func.func private @f() attributes {test.a = #enzymexla.layout<row_major>, test.b = #enzymexla.symmetric_dimension_set<[0, 1]>,
  test.d = [#enzymexla.side<left>, #enzymexla.uplo<F>, #enzymexla.transpose<adjoint>], test.e = #enzymexla.qr_algorithm<geqrt>, test.f = #enzymexla.svd_algorithm<QRIteration>,
  test.g = #enzymexla.op<MPI_NO_OP>, test.h = #enzymexla.datatype<MPI_C_BOOL>}
