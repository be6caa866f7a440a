// The addresses of this host's network interfaces.
#pragma once

#include <string>
#include <vector>

namespace vigil::source {

/// IPv4 and IPv6 as text, sorted, each once; without loopback and without link-local ones, which say
/// nothing about who can reach the host.
std::vector<std::string> interface_addresses();

}  // namespace vigil::source
