@rem Starts NaiveChain on Windows, as naivechain does elsewhere: builds it when there is no build or a source is newer.
@echo off
setlocal
set "HOME_DIR=%~dp0"
set "TARGET=%HOME_DIR%final\target"
set "JAR=%TARGET%\naivechain.jar"
set "ARCHIVE=%TARGET%\naivechain.jsa"
set "STAMP=%TARGET%\build-began"
set "LOG=%TARGET%\build.log"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

rem The collector with the smallest needs; Java refuses a second one.
set "COLLECTOR=-XX:+UseSerialGC"
(set NAIVECHAIN_JAVA_OPTS & set JAVA_TOOL_OPTIONS & set JDK_JAVA_OPTIONS & set _JAVA_OPTIONS) 2>nul ^
  | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul && set "COLLECTOR="

if not "%NAIVECHAIN_BUILD%"=="never" goto look
if exist "%JAR%" goto start
echo naivechain: there is no build and NAIVECHAIN_BUILD=never; run mvnw package 1>&2
exit /b 1

:look
pushd "%HOME_DIR%"
powershell -NoProfile -Command "if (-not (Test-Path -LiteralPath $env:JAR)) { exit 1 }; $built = (Get-Item -LiteralPath $env:JAR).LastWriteTime; if (Get-ChildItem -Recurse -File -Path pom.xml, step*\pom.xml, step*\src\main, final\pom.xml, final\src\main | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1) { exit 1 }"
if not errorlevel 1 goto built
echo naivechain: building; the first time this downloads libraries and takes a minute or two ... 1>&2
if not exist "%TARGET%" mkdir "%TARGET%"
type nul >"%STAMP%"
call mvnw.cmd -B -ntp -pl final -am -DskipTests -Dmaven.compiler.failOnWarning=false -Dspotless.check.skip -Dcheckstyle.skip package >"%LOG%" 2>&1
if errorlevel 1 goto failed
rem What was edited while it was being built is newer than this and will be built next time.
powershell -NoProfile -Command "(Get-Item -LiteralPath $env:JAR).LastWriteTime = (Get-Item -LiteralPath $env:STAMP).LastWriteTime"
if exist "%ARCHIVE%" del "%ARCHIVE%"

:built
popd
if exist "%ARCHIVE%" goto start
rem Java remembers the classes of one start, which makes the later ones faster.
"%JAVA%" %COLLECTOR% -XX:ArchiveClassesAtExit="%ARCHIVE%" -Xlog:disable -jar "%JAR%" -p 0 --data-dir "%TARGET%\rehearsal" --exit-when-live >>"%LOG%" 2>&1
if exist "%TARGET%\rehearsal" rmdir /s /q "%TARGET%\rehearsal"

:start
"%JAVA%" -XX:+ExitOnOutOfMemoryError -XX:SharedArchiveFile="%ARCHIVE%" -Xshare:auto -Xlog:disable %COLLECTOR% %NAIVECHAIN_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:failed
popd
findstr /b /l /c:"[ERROR]" "%LOG%" 1>&2
echo naivechain: the build failed; all of its words are in %LOG% 1>&2
exit /b 1
