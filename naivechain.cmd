@rem Starts NaiveChain on Windows. Builds it when there is no build; after a change, run mvnw -DskipTests package yourself.
@echo off
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%final\target\naivechain.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not exist "%JAR%" (
  echo naivechain: building for the first time, which downloads libraries and takes a minute or two ... 1>&2
  pushd "%HOME_DIR%"
  call mvnw.cmd -q -B -ntp -pl final -am -DskipTests package || (popd & exit /b 1)
  popd
)
"%JAVA%" -XX:+UseSerialGC -jar "%JAR%" %*
exit /b %ERRORLEVEL%
