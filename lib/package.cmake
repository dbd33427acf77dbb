# Debian packages: `cpack --config build/release/CPackConfig.cmake` makes
#   liblogpress0      the shared library
#   liblogpress-dev   headers, static library, pkg-config and CMake packages
#   logpress          the program
#   python3-logpress  the Python module
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME logpress)
set(CPACK_PACKAGE_VENDOR logpress)
set(CPACK_PACKAGE_CONTACT "The logpress authors <logpress@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Lossless compression of logs")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL library development program python)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME liblogpress${LOGPRESS_ABI})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "Lossless compression of logs: the shared library")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME liblogpress-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# pkg-config looks at what is required privately, also for the shared library.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "liblogpress${LOGPRESS_ABI} (= ${PROJECT_VERSION}), \
libzstd-dev, liblzma-dev, libxxhash-dev, libre2-dev, libabsl-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Lossless compression of logs: what programs are built with")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME logpress)
# Loaded when a URL is read.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS libcurl4)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Lossless compression of logs: the program")
set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-logpress)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
  "python3 (>= 3.9), liblogpress${LOGPRESS_ABI} (>= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_PYTHON_DESCRIPTION "Lossless compression of logs: the Python module")

# What the linked files need, by dpkg-shlibdeps; the package of the library is told to itself by
# the file that CPack makes.
find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
if(DPKG_SHLIBDEPS)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
  set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
endif()
include(CPack)

foreach(component library development program python)
  string(TOUPPER ${component} upper)
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE RENAME copyright COMPONENT ${component}
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
endforeach()
