// Ids of advisories that other sources name only by their address.
#pragma once

#include <string>
#include <string_view>

namespace vigil::intel::feeds {

/// npm's advisories of before 2019, which the Node.js working group kept on:
/// "https://nodesecurity.io/advisories/13", also of npmjs.com, is "NSWG-ECO-13"; empty for other
/// addresses, and for numbers that npm gave after the working group had its own.
std::string npm_advisory_of(std::string_view url);

/// An advisory of FriendsOfPHP that no CVE names, by where it lies there:
/// ".../security-advisories/blob/master/symfony/form/2015-08-06.yaml" is
/// "FOP-symfony/form/2015-08-06"; empty for other addresses, and for a file called after a CVE.
std::string php_advisory_of(std::string_view url);

/// The same from a path whose last three parts are vendor, package and file.
std::string php_advisory_id(std::string_view path);

/// The GHSA id at the end of an address at GitHub; empty if there is none.
std::string github_advisory_of(std::string_view url);

}  // namespace vigil::intel::feeds
