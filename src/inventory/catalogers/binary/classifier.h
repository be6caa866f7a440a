// What tells that a program or library is a certain product, and which version of it.
//
// One row is data: which files, what stands in them. The rows are kept in one file a family. To add
// a product, add a row and a line of its real text to classify_test.cc.
#pragma once

#include <span>
#include <string_view>

namespace vigil::inventory::binary {

struct Classifier {
  std::string_view product;  ///< name of the package
  /// Base names, separated by blanks; '*' stands for any bytes, not among the first three.
  std::string_view files;
  std::string_view pattern;  ///< see BytePattern
  std::string_view cpe;      ///< "vendor:product" in the CPE dictionary
  /// The component that Bitnami's advisories speak of, or empty.
  std::string_view bitnami;
  /// A pattern that other things in the file might match too is taken only if this text stands in
  /// the file, and if it matches nowhere with another version.
  std::string_view marker;
  /// Only a version whose first two numbers are in the file's name counts: "libpython3.11.so.1.0".
  bool named_so = false;
};

/// Of the same product the first row that matches counts.
std::span<const Classifier> libraries();
std::span<const Classifier> web_servers();
std::span<const Classifier> runtimes();
std::span<const Classifier> databases();
std::span<const Classifier> network_services();
std::span<const Classifier> tools();
std::span<const Classifier> cloud_programs();

}  // namespace vigil::inventory::binary
