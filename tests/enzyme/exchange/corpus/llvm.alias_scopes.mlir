// Scopes of aliases, which hold distinct attributes.
#domain = #llvm.alias_scope_domain<id = distinct[0]<>, description = "domain">
#scope = #llvm.alias_scope<id = distinct[1]<>, domain = #domain>
#root = #llvm.tbaa_root<id = "root">
#double = #llvm.tbaa_type_desc<id = "double", members = {<#root, 0>}>
#tag = #llvm.tbaa_tag<base_type = #double, access_type = #double, offset = 0>
llvm.func @f(%p: !llvm.ptr) -> f64 {
  %0 = "llvm.load"(%p) <{alias_scopes = [#scope], alignment = 8 : i64, ordering = 0 : i64, tbaa = [#tag]}> : (!llvm.ptr) -> f64
  llvm.return %0 : f64
}
