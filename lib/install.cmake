# The library as others use it: shared and static, headers, pkg-config and CMake packages, Python.
include(CMakePackageConfigHelpers)

# The number of the shared library: 0 until 1.0, when any minor version may change the API; from then on
# it grows with the major version, when a program that was linked with an older library would not work.
set(LOGPRESS_ABI ${PROJECT_VERSION_MAJOR})
set(LOGPRESS_ABI ${LOGPRESS_ABI} PARENT_SCOPE)

set(stages base time text cluster ir codec backend primer block archive search statement api)
set(objects "")
foreach(stage IN LISTS stages)
  list(APPEND objects $<TARGET_OBJECTS:logpress_${stage}>)
endforeach()
set(dependencies absl::status absl::statusor absl::strings Threads::Threads)
set(packages PkgConfig::XXHASH PkgConfig::ZSTD PkgConfig::LZMA PkgConfig::RE2)

# A library wants a source of its own to be told the language by.
set(empty ${CMAKE_CURRENT_BINARY_DIR}/empty.cc)
file(WRITE ${empty} "")

add_library(logpress_shared SHARED ${empty} ${objects})
set_target_properties(logpress_shared PROPERTIES
  OUTPUT_NAME logpress EXPORT_NAME logpress
  SOVERSION ${LOGPRESS_ABI} VERSION ${PROJECT_VERSION}
  LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/logpress.map)
target_link_libraries(logpress_shared PRIVATE ${dependencies} ${packages})
target_link_options(logpress_shared PRIVATE
  -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/logpress.map)
if(LOGPRESS_SANITIZE)
  target_link_options(logpress_shared PRIVATE -fsanitize=${LOGPRESS_SANITIZE})
else()
  # Nothing is left to the program that loads it.
  target_link_options(logpress_shared PRIVATE -Wl,--no-undefined)
endif()

add_library(logpress_static STATIC ${empty} ${objects})
set_target_properties(logpress_static PROPERTIES OUTPUT_NAME logpress EXPORT_NAME logpress_static)
# By name, because the targets of pkg-config are called otherwise where it is installed.
target_link_libraries(logpress_static PRIVATE ${dependencies}
  $<BUILD_INTERFACE:${packages}> $<INSTALL_INTERFACE:PkgConfig::LOGPRESS_PRIVATE>)
foreach(library logpress_shared logpress_static)
  target_include_directories(${library} INTERFACE
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
endforeach()

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/logpress)
install(TARGETS logpress_shared EXPORT logpressTargets
  LIBRARY COMPONENT library NAMELINK_COMPONENT development)
install(TARGETS logpress_static EXPORT logpressStaticTargets ARCHIVE COMPONENT development)
install(DIRECTORY include/logpress TYPE INCLUDE COMPONENT development
  FILES_MATCHING PATTERN *.h PATTERN *.hpp)
# The Python module. Where Debian's packages have it; Debian's own python3 finds it in other prefixes by
# PYTHONPATH only, or for /usr/local with -DLOGPRESS_PYTHON_DIR=lib/python3.11/dist-packages.
set(LOGPRESS_PYTHON_DIR lib/python3/dist-packages CACHE STRING
  "Where the Python module goes, below the prefix")
install(DIRECTORY python/logpress DESTINATION ${LOGPRESS_PYTHON_DIR} COMPONENT python
  FILES_MATCHING PATTERN *.py PATTERN py.typed PATTERN __pycache__ EXCLUDE)
install(EXPORT logpressTargets NAMESPACE logpress:: DESTINATION ${package} COMPONENT development)
install(EXPORT logpressStaticTargets NAMESPACE logpress:: DESTINATION ${package}
  COMPONENT development)
configure_package_config_file(logpressConfig.cmake.in logpressConfig.cmake
  INSTALL_DESTINATION ${package})
# Until 1.0.0 a minor version may change the API.
write_basic_package_version_file(logpressConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/logpressConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/logpressConfigVersion.cmake
  DESTINATION ${package} COMPONENT development)

# Paths that go with the prefix stay relative to where the file is, so that it may be installed
# anywhere.
set(pkgconfig ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
cmake_path(ABSOLUTE_PATH pkgconfig BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} OUTPUT_VARIABLE pc_folder)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${pc_folder}
  OUTPUT_VARIABLE LOGPRESS_PC_TO_PREFIX)
foreach(folder LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE "${CMAKE_INSTALL_${folder}}")
    set(LOGPRESS_PC_${folder} "${CMAKE_INSTALL_${folder}}")
  else()
    set(LOGPRESS_PC_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
  endif()
endforeach()
configure_file(logpress.pc.in logpress.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/logpress.pc
  DESTINATION ${pkgconfig} COMPONENT development)
