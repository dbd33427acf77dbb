// backend
