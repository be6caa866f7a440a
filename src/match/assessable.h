// Which packages nobody can speak for, and why.
#pragma once

#include <string>
#include <string_view>

#include "model/package.h"

namespace vigil::match {

/// Why this package cannot be looked up in any advisory, whatever the intelligence holds: its
/// ecosystem publishes none, its name is not whole, it has no version or a placeholder for one.
/// Empty if it can.
std::string not_assessable(const model::Package& package);

/// What is wrong with a version that its ecosystem's scheme refuses with the error `refusal`: a
/// range, a branch, a commit.
std::string unordered_version(const model::Package& package, std::string_view refusal);

}  // namespace vigil::match
