// The dialect of our own that the tests extract: at least one of every feature of ODS.
#ifndef KITCHEN_DIALECT
#define KITCHEN_DIALECT

include "mlir/IR/OpBase.td"

def Kitchen_Dialect : Dialect {
  let name = "kitchen";
  let cppNamespace = "::kitchen";
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

class Kitchen_Op<string mnemonic, list<Trait> traits = []> : Op<Kitchen_Dialect, mnemonic, traits>;

#endif // KITCHEN_DIALECT
