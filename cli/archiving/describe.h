// What a policy does, in words, for --check-config: so that nobody learns it from what is gone.
#ifndef LOGPRESS_CLI_ARCHIVING_DESCRIBE_H_
#define LOGPRESS_CLI_ARCHIVING_DESCRIBE_H_

#include <string>

#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

// Lines that each begin with the policy's name and end in '\n': what it packs, what it deletes.
std::string DescribePolicy(const Policy& policy);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_DESCRIBE_H_
