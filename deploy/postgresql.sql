-- 用法：sudo -u postgres psql -v owner_password=… -v app_password=… -f postgresql.sql
-- 两个角色：owner 建表、升级、备份；app 只读写行，不能改表，也不能停触发器。
CREATE ROLE yipanqi_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE yipanqi_app LOGIN PASSWORD :'app_password';
CREATE DATABASE yipanqi OWNER yipanqi_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
\connect yipanqi
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO yipanqi_owner;
GRANT USAGE ON SCHEMA public TO yipanqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE yipanqi_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO yipanqi_app;
ALTER DEFAULT PRIVILEGES FOR ROLE yipanqi_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO yipanqi_app;
