;;; logpress.el --- Open archives of logpress as the logs that they hold  -*- lexical-binding: t -*-

;;; Commentary:

;; Put (require 'logpress) into your init file: then C-x C-f app.log.lpz shows the log, and packs it again
;; when it is saved.  Emacs finds this file where it is installed below /usr or /usr/local; elsewhere,
;; add its folder to `load-path'.

;;; Code:

(require 'jka-compr)

(add-to-list 'jka-compr-compression-info-list
             ["\\.lpz\\'"
              "packing" "logpress" ("-c" "-q")
              "unpacking" "logpress" ("-d" "-c" "-q")
              nil t "\x8bLPZ"])
(jka-compr-update)

(provide 'logpress)

;;; logpress.el ends here
